package io.wager.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.wager.service", importOptions = ImportOption.DoNotIncludeTests.class)
class ServiceArchitectureTest {

    @ArchTest
    static final ArchRule knowsNeitherServiceNorTransport = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.wager.api..",
                    "io.wager.consumer..",
                    "io.wager.rabbitmq..",
                    "com.rabbitmq..",
                    "jakarta.servlet..",
                    "org.springframework.web..")
            .because("it is what both services stand on, and must not bring one into the other");

    @ArchTest
    static final ArchRule decidesNothingOfWagers = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.wager.core..")
            .because("what a wager is, and how it travels, is the core's");

    @ArchTest
    static final ArchRule hasNoCycles = slices().matching("io.wager.service.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle of packages is one package with two names");
}
