package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.record.Encoding;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

final class SchemaTest {
  private static final int VERSION = 17;
  // Of the files in db/migration. Whoever changes one raises the version here, in Schema and in
  // R__guards.sql, so that no program takes the old for the new.
  private static final String DIGEST =
      "856476d4d63be39f6d271ebfc06a53bef549b7c8803b811a5260313453fcbb7f";

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("db", "migration"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void theVersionGrowsWithEveryChangeOfTheMigrations() throws IOException {
    List<String> fields = new ArrayList<>();
    for (Path file : migrations()) {
      fields.add(file.getFileName().toString());
      fields.add(Files.readString(file));
    }
    assertThat(Encoding.sha256Hex(Encoding.of(new ArrayList<>(fields)))).isEqualTo(DIGEST);
    assertThat(Schema.VERSION).isEqualTo(VERSION);
    assertThat(migrations().stream().filter(file -> file.getFileName().toString().startsWith("V")))
        .hasSize(SchemaHistory.MIGRATIONS);
  }

  @Test
  void aFacilityNotesItsVersionAndTheOldestProgramThatMayWorkThere() throws SQLException {
    try (TestFacility facility = TestFacility.create();
        Prompt prompt = Prompt.asDesk(facility)) {
      assertThat(prompt.number("select schema_version()")).isEqualTo(Schema.VERSION);
      assertThat(prompt.number("select oldest_program()")).isLessThanOrEqualTo(Schema.VERSION);
    }
  }

  @Test
  void aProgramWorksInANewerSchemaUntilThatAsksForANewerProgram() {
    FacilityName facility = new FacilityName("main");
    Schema.check(facility, Schema.VERSION + 3, Schema.VERSION);
    assertThatThrownBy(() -> Schema.check(facility, Schema.VERSION + 3, Schema.VERSION + 1))
        .isInstanceOfSatisfying(
            OpdException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.SCHEMA_TOO_NEW));
    assertThatThrownBy(() -> Schema.check(facility, Schema.VERSION - 1, 1))
        .isInstanceOfSatisfying(
            OpdException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.SCHEMA_TOO_OLD));
  }
}
