package io.wager.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.wager.consumer", importOptions = ImportOption.DoNotIncludeTests.class)
class ConsumerArchitectureTest {

    @ArchTest
    static final ArchRule consumerDoesNotKnowTheApi = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.wager.api..")
            .because("the two services meet in the messages and the schema only");

    @ArchTest
    static final ArchRule onlyTheApplicationKnowsTheTransport = noClasses()
            .that()
            .doNotBelongToAnyOf(WagerConsumerApplication.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.wager.rabbitmq..", "com.rabbitmq..", "org.springframework.amqp..")
            .because("the features see the transport's port, and run on the embedded one too");

    @ArchTest
    static final ArchRule servesNoBusinessOverHttp = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..")
            .because("its port is for health and meters, which Spring Boot serves");

    @ArchTest
    static final ArchRule messagesFlowInOneDirection = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("ingest")
            .definedBy("io.wager.consumer.ingest..")
            .layer("deadletter")
            .definedBy("io.wager.consumer.deadletter..")
            .layer("settlement")
            .definedBy("io.wager.consumer.settlement..")
            .layer("queue")
            .definedBy("io.wager.consumer.queue..")
            .layer("store")
            .definedBy("io.wager.consumer.store..")
            .layer("schema")
            .definedBy("io.wager.consumer.schema..")
            .layer("reconcile")
            .definedBy("io.wager.consumer.reconcile..")
            .layer("watchdog")
            .definedBy("io.wager.consumer.watchdog..")
            .whereLayer("ingest")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("reconcile")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("watchdog")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("deadletter")
            .mayOnlyBeAccessedByLayers("ingest", "reconcile")
            .whereLayer("settlement")
            .mayOnlyBeAccessedByLayers("ingest", "deadletter")
            .whereLayer("queue")
            .mayOnlyBeAccessedByLayers("ingest", "deadletter", "settlement", "watchdog")
            .whereLayer("schema")
            .mayOnlyBeAccessedByLayers("ingest", "deadletter", "queue")
            .because(
                    "a batch goes from its queue by its settlement to the store, and nothing below knows what is above");

    @ArchTest
    static final ArchRule featuresHaveNoCycles = slices().matching("io.wager.consumer.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle of packages is one package with two names");

    @ArchTest
    static final ArchRule checksOfReconcileHaveNoCycles = slices().matching("io.wager.consumer.reconcile.(*)..")
            .should()
            .beFreeOfCycles()
            .because("each check can be read by itself");

    @ArchTest
    static final ArchRule whatHandlesBatchesDoesNoSql = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.wager.consumer.ingest..", "io.wager.consumer.settlement..", "io.wager.consumer.queue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "javax.sql..")
            .because("the rules about poison, conflicts and retries are tested against a store in memory");

    @ArchTest
    static final ArchRule onlyTheStoreKnowsADatabasesDriver = noClasses()
            .that()
            .resideOutsideOfPackage("io.wager.consumer.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.h2..", "com.microsoft..")
            .because("which database it is, is the dialects' to know");

    @ArchTest
    static final ArchRule onlyTheSchemaKnowsFlyway = noClasses()
            .that()
            .resideOutsideOfPackage("io.wager.consumer.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.flywaydb..")
            .because("who waits for the schema asks the gate");
}
