package io.wager.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.wager.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class CliArchitectureTest {

    @ArchTest
    static final ArchRule HAS_NO_SPRING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.wager.api..", "io.wager.consumer..")
            .because("a command starts at once and knows the service by its HTTP contract alone");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES = slices().matching("io.wager.cli.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle of packages is one package with two names");
}
