package opd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The one-way street of the packages; docs/contributors.md shows the same table.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("opd");

  /// Which of the project's packages each imports: exactly these.
  private static final Map<String, String> IMPORTS =
      Map.ofEntries(
          Map.entry("backup", "domain store.connection store.schema"),
          Map.entry(
              "cli",
              "cli.command cli.console cli.log cli.session decision domain output output.json output.text server service store.connection"),
          Map.entry("cli.board", "domain output output.text record service store.log"),
          Map.entry(
              "cli.command",
              "backup cli.board cli.console cli.log cli.session decision domain intake output output.json output.text record report server service simulation.day simulation.plan simulation.report simulation.script store.connection store.log store.schema store.table"),
          Map.entry("cli.console", "decision domain service"),
          Map.entry("cli.log", ""),
          Map.entry(
              "cli.session",
              "cli.console decision domain output output.csv output.json output.text server service store.connection store.schema"),
          Map.entry("decision", "domain"),
          Map.entry("domain", ""),
          Map.entry("intake", "decision domain record service"),
          Map.entry("jooq", "domain"),
          Map.entry("output", "decision domain intake record report service simulation.day"),
          Map.entry("output.csv", "output"),
          Map.entry(
              "output.json",
              "decision domain intake output record report service simulation.day story verify"),
          Map.entry(
              "output.text",
              "decision domain intake output record report service simulation.day story verify"),
          Map.entry("record", "decision domain"),
          Map.entry("report", "decision domain record"),
          Map.entry("server", "domain"),
          Map.entry(
              "service",
              "decision domain record report store.connection store.log store.schema store.table story verify"),
          Map.entry("simulation.auditor", "decision domain simulation.plan store.table"),
          Map.entry(
              "simulation.day",
              "decision domain record service simulation.auditor simulation.plan store.table verify"),
          Map.entry("simulation.plan", "domain"),
          Map.entry("simulation.report", "decision domain report simulation.day"),
          Map.entry("simulation.script", "decision domain service simulation.day simulation.plan"),
          Map.entry("store.connection", "domain jooq"),
          Map.entry(
              "store.log",
              "decision domain jooq record report store.connection store.schema store.table verify"),
          Map.entry(
              "store.schema", "decision domain jooq record store.connection store.table verify"),
          Map.entry("store.table", "decision domain jooq record store.connection verify"),
          Map.entry("story", "decision domain record"),
          Map.entry("verify", "decision domain record"));

  /// The only packages that may use a library.
  private static final Map<String, List<String>> ONLY_IN =
      Map.ofEntries(
          Map.entry("org.jooq..", List.of("store..", "jooq..")),
          Map.entry("org.flywaydb..", List.of("store.schema")),
          Map.entry("java.sql..", List.of("store..", "jooq..")),
          Map.entry("org.postgresql..", List.of("store.connection", "store.log", "store.schema")),
          Map.entry(
              "com.fasterxml.jackson..",
              List.of(
                  "record",
                  "report",
                  "verify",
                  "backup",
                  "intake",
                  "simulation.plan",
                  "simulation.report",
                  "output.json")),
          Map.entry("gg.jte..", List.of("simulation.report")),
          Map.entry("picocli..", List.of("cli..")),
          Map.entry("org.jline..", List.of("cli.console", "output.text")),
          Map.entry("ch.qos.logback..", List.of("cli.log")),
          Map.entry("com.google.i18n..", List.of("domain")),
          Map.entry("org.apache.commons.compress..", List.of("server")),
          Map.entry("org.tukaani..", List.of("server")),
          Map.entry("de.siegmar..", List.of("intake", "output.csv")));

  @TestFactory
  Stream<DynamicTest> aPackageImportsExactlyWhatTheTableSays() {
    return IMPORTS.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () ->
                    assertThat(String.join(" ", imports(entry.getKey())))
                        .isEqualTo(entry.getValue())));
  }

  private static Set<String> imports(String name) {
    return CLASSES.stream()
        .filter(type -> name(type).equals(name))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(dependency -> dependency.getTargetClass())
        .filter(type -> type.getPackageName().startsWith("opd."))
        .map(ArchitectureTest::name)
        .filter(other -> !other.equals(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A package's name without the first word; generated code is one.
  private static String name(JavaClass type) {
    String name = type.getPackageName().replaceFirst("^opd\\.?", "");
    return name.startsWith("jooq") ? "jooq" : name;
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
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(name(type));
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void everyPackageIsInTheTable() {
    assertThat(
            CLASSES.stream().map(ArchitectureTest::name).filter(name -> !name.isEmpty()).distinct())
        .containsExactlyInAnyOrderElementsOf(IMPORTS.keySet());
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
        .resideInAnyPackage("opd.decision", "opd.record", "opd.report", "opd.story", "opd.verify")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(CLASSES);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "opd." + name).toArray(String[]::new);
  }
}
