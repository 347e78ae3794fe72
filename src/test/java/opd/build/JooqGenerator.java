package opd.build;

import java.nio.file.Path;
import java.util.List;
import opd.domain.AuditKind;
import opd.domain.ClockSource;
import opd.domain.OutcomeKind;
import opd.domain.SlotStatus;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/// Generates `opd.jooq` from a facility's schema that Flyway has migrated, so that the migrations
/// are the only description of it. `scripts/generate-jooq` runs it; a test fails when it was
/// forgotten.
final class JooqGenerator {
  private JooqGenerator() {}

  static void generate(String url, String user, String password, String schema, Path folder)
      throws Exception {
    var configuration =
        new Configuration()
            .withLogging(Logging.WARN)
            .withJdbc(
                new Jdbc()
                    // On the search path, so that no check constraint is shown with the schema's
                    // name.
                    .withUrl(url + "?currentSchema=" + schema + ",public")
                    .withUser(user)
                    .withPassword(password))
            .withGenerator(
                new Generator()
                    .withDatabase(database(schema))
                    .withGenerate(
                        new Generate()
                            .withDeprecated(false)
                            .withGeneratedAnnotation(false)
                            .withComments(false)
                            .withKeys(true)
                            .withIndexes(false)
                            .withSequences(false)
                            .withSources(false)
                            .withImplicitJoinPathsToOne(false)
                            .withImplicitJoinPathsToMany(false)
                            .withImplicitJoinPathsManyToMany(false)
                            .withDefaultSchema(true)
                            .withGlobalCatalogReferences(false))
                    .withTarget(
                        new Target().withPackageName("opd.jooq").withDirectory(folder.toString())));
    GenerationTool.generate(configuration);
  }

  private static Database database(String schema) {
    return new Database()
        .withName("org.jooq.meta.postgres.PostgresDatabase")
        .withInputSchema(schema)
        .withOutputSchemaToDefault(true)
        .withIncludes(
            "facility|doctor|slot|slot_count|patient|patient_identity|token|serving|request|audit_entry"
                + "|flyway_schema_history|decision_time|schema_version|find_facility"
                + "|patient_identities")
        .withIncludeExcludeColumns(false)
        .withForcedTypes(
            List.of(
                instant(),
                enumType(TokenPriority.class, "token\\.priority"),
                enumType(TokenSource.class, "token\\.source"),
                enumType(TokenStatus.class, "token\\.(previous_)?status"),
                enumType(SlotStatus.class, "slot\\.status"),
                enumType(ClockSource.class, "facility\\.clock"),
                enumType(AuditKind.class, "audit_entry\\.kind"),
                enumType(OutcomeKind.class, "request\\.kind")));
  }

  private static ForcedType instant() {
    return new ForcedType()
        .withName("INSTANT")
        .withIncludeTypes("timestamp\\ with\\ time\\ zone|timestamptz");
  }

  private static ForcedType enumType(Class<? extends Enum<?>> type, String column) {
    return new ForcedType()
        .withUserType(type.getName())
        .withEnumConverter(true)
        .withIncludeExpression(".*\\." + column);
  }
}
