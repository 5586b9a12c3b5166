package io.wager.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.wager.api.access.OpenToAll;
import io.wager.api.access.RequiresRole;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import org.springframework.stereotype.Repository;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.wager", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule apiDoesNotKnowTheConsumer = noClasses()
            .that()
            .resideInAnyPackage("io.wager.api..", "io.wager.core..", "io.wager.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.wager.consumer..")
            .because("the two services meet in the messages and the schema only");

    @ArchTest
    static final ArchRule coreKnowsNeitherServiceNorFramework = noClasses()
            .that()
            .resideInAPackage("io.wager.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.wager.api..", "org.springframework..", "com.rabbitmq..", "java.sql..")
            .because("the contract must be usable without any of them");

    @ArchTest
    static final ArchRule onlyTheApplicationKnowsTheTransport = noClasses()
            .that()
            .resideInAPackage("io.wager.api..")
            .and()
            .doNotBelongToAnyOf(WagerApiApplication.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.wager.rabbitmq..", "com.rabbitmq..", "org.springframework.amqp..")
            .because("the features see the transport's port, and run on the embedded one too");

    @ArchTest
    static final ArchRule featuresHaveNoCycles = slices().matching("io.wager.api.(*)..")
            .should()
            .beFreeOfCycles()
            .because("data flows one way: web, feature, repository");

    @ArchTest
    static final ArchRule repositoriesDoNotKnowTheWeb = noClasses()
            .that()
            .areAnnotatedWith(Repository.class)
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(RestController.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..")
            .because("SQL must be readable, and testable, without HTTP");

    @ArchTest
    static final ArchRule controllersDoNoSql = noClasses()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "java.sql..")
            .because("SQL belongs to the repository of its feature");

    @ArchTest
    static final ArchRule everyHandlerSaysWhoMayCallIt = methods()
            .that()
            .areMetaAnnotatedWith(RequestMapping.class)
            .should()
            .beAnnotatedWith(RequiresRole.class)
            .orShould()
            .beAnnotatedWith(OpenToAll.class)
            .because("one that does not is open to nobody, which shows only where access is controlled");

    @ArchTest
    static final ArchRule onlyTheKeysOfTheProviderAreFetched = noClasses()
            .that()
            .resideInAPackage("io.wager.api..")
            .and()
            .resideOutsideOfPackage("io.wager.api.security.jwt..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net.http..", "org.springframework.web.client..", "org.springframework.http.client..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(URL.class, URLConnection.class, Socket.class)
            .because(
                    "no request may lead the API to an address, and one that is configured needs limits of time and size");

    @ArchTest
    static final ArchRule endpointsStayInTheirFeature = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .or()
            .areAnnotatedWith(Repository.class)
            .should()
            .notBePublic()
            .because("a feature's public types are its interface to the others, and these are nobody's");
}
