package io.wager.rabbitmq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.wager.rabbitmq", importOptions = ImportOption.DoNotIncludeTests.class)
final class RabbitArchitectureTest {

    @ArchTest
    static final ArchRule knowsNothingOfTheServices = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.wager.api..",
                    "io.wager.consumer..",
                    "io.wager.core.wager..",
                    "java.sql..",
                    "org.springframework.web..")
            .because("the transport carries messages, whatever they mean and whoever sends them");

    @ArchTest
    static final ArchRule publishesWithoutRabbitTemplate = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.springframework.amqp.rabbit.core.RabbitTemplate")
            .because("Spring AMQP 3.2 can stay blocked after the broker died with confirms outstanding");
}
