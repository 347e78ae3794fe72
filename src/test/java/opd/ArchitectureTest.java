package opd;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The one-way street of the packages; the README's architecture section shows the same table.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("opd");

  /// Which of the project's packages each may import.
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("domain", List.of()),
          Map.entry("json", List.of()),
          Map.entry("managed", List.of("domain")),
          Map.entry("rule", List.of("domain")),
          Map.entry("audit", List.of("domain", "rule", "json")),
          Map.entry("outcome", List.of("domain", "rule", "json")),
          // Shares the rule with the services, and nothing else.
          Map.entry("replay", List.of("domain", "rule", "audit", "outcome")),
          Map.entry("jooq", List.of("domain")),
          Map.entry("store", List.of("domain", "rule", "audit", "outcome", "replay", "jooq")),
          Map.entry("service", List.of("domain", "rule", "audit", "outcome", "replay", "store")),
          Map.entry("backup", List.of("domain", "store")),
          Map.entry("intake", List.of("domain", "audit", "outcome", "service")),
          // The digest over the audit chains is encoded as the chains are; never the rule.
          Map.entry("workload", List.of("domain")),
          Map.entry("auditor", List.of("domain", "outcome", "service", "workload")),
          Map.entry(
              "simulation",
              List.of("domain", "outcome", "replay", "service", "audit", "workload", "auditor")),
          Map.entry("report", List.of("domain", "simulation")),
          Map.entry("console", List.of("domain", "outcome", "service")),
          Map.entry(
              "output",
              List.of(
                  "domain",
                  "json",
                  "rule",
                  "audit",
                  "outcome",
                  "replay",
                  "service",
                  "intake",
                  "workload",
                  "simulation")),
          Map.entry(
              "cli",
              List.of(
                  "domain",
                  "rule",
                  "audit",
                  "outcome",
                  "replay",
                  "store",
                  "managed",
                  "service",
                  "backup",
                  "intake",
                  "workload",
                  "simulation",
                  "report",
                  "console",
                  "output")));

  /// The only packages that may use a library.
  private static final Map<String, List<String>> ONLY_IN =
      Map.ofEntries(
          Map.entry("org.jooq..", List.of("store", "jooq")),
          Map.entry("org.flywaydb..", List.of("store")),
          Map.entry("java.sql..", List.of("store", "jooq")),
          Map.entry("org.postgresql..", List.of("store")),
          Map.entry(
              "com.fasterxml.jackson..",
              List.of(
                  "json",
                  "audit",
                  "outcome",
                  "replay",
                  "backup",
                  "intake",
                  "workload",
                  "report",
                  "output")),
          Map.entry("gg.jte..", List.of("report")),
          Map.entry("picocli..", List.of("cli")),
          Map.entry("org.jline..", List.of("console")),
          Map.entry("ch.qos.logback..", List.of("cli")),
          Map.entry("com.google.i18n..", List.of("domain")),
          Map.entry("org.apache.commons.compress..", List.of("managed")),
          Map.entry("org.tukaani..", List.of("managed")),
          Map.entry("de.siegmar..", List.of("intake")));

  @TestFactory
  Stream<DynamicTest> aPackageImportsOnlyWhatStandsBelowIt() {
    return MAY_IMPORT.entrySet().stream()
        .map(entry -> {
          List<String> forbidden = new ArrayList<>(MAY_IMPORT.keySet());
          forbidden.remove(entry.getKey());
          forbidden.removeAll(entry.getValue());
          return DynamicTest.dynamicTest(
              entry.getKey(),
              () ->
                  noClasses()
                      .that()
                      .resideInAPackage("opd." + entry.getKey())
                      .should()
                      .dependOnClassesThat(resideInAnyPackage(packages(forbidden)))
                      .check(CLASSES));
        });
  }

  @TestFactory
  Stream<DynamicTest> aLibraryIsUsedOnlyInItsPackage() {
    return ONLY_IN.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () ->
                    noClasses()
                        .that()
                        .resideOutsideOfPackages(packages(entry.getValue()))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(entry.getKey())
                        .check(CLASSES)));
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("opd.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyPackageIsInTheTable() {
    assertThat(
            CLASSES.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith("opd."))
                .map(name -> name.split("\\.")[1])
                .distinct())
        .containsExactlyInAnyOrderElementsOf(MAY_IMPORT.keySet());
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("opd.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void theRuleReadsNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage("opd.rule", "opd.audit", "opd.outcome", "opd.replay")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(CLASSES);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "opd." + name + "..").toArray(String[]::new);
  }
}
