package io.wager.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.wager.core", importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {

    @ArchTest
    static final ArchRule HAS_NO_INFRASTRUCTURE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "com.rabbitmq..", "jakarta..")
            .because("the core is what both services agree on, and must be usable and testable without any of them");

    @ArchTest
    static final ArchRule WAGER_KNOWS_NO_MESSAGING = noClasses()
            .that()
            .resideInAPackage("..wager.core.wager..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..wager.core.messaging..")
            .because("what a wager is does not depend on how it travels");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES = slices().matching("io.wager.core.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle of packages is one package with two names");
}
