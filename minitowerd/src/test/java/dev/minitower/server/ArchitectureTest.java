package dev.minitower.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.minitower.server.platform.database.Transactions;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.minitower", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule controllers_go_through_services =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Controller")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameEndingWith("Repository");

  @ArchTest
  static final ArchRule jdbc_is_for_repositories_queries_and_the_platform =
      noClasses()
          .that()
          .resideInAPackage("dev.minitower.server..")
          .and()
          .resideOutsideOfPackage("..platform..")
          .and()
          .haveSimpleNameNotEndingWith("Repository")
          .and()
          .haveSimpleNameNotEndingWith("Queries")
          .and()
          .haveSimpleNameNotEndingWith("Rows")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.jdbc..", "java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule repositories_open_no_transactions =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Repository")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Transactions.class);

  @ArchTest
  static final ArchRule time_comes_from_the_clock =
      noClasses()
          .that()
          .resideInAPackage("dev.minitower.server..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule subjects_do_not_form_cycles =
      slices().matching("dev.minitower.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_common_model_knows_no_framework =
      classes()
          .that()
          .resideInAPackage("dev.minitower.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.minitower.model..",
              "java..",
              "com.fasterxml.jackson.annotation..",
              "com.google.errorprone.annotations..",
              "org.tomlj..",
              "org.apache.commons.compress..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule json_is_jackson_3 =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..");
}
