package opd.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

final class CatalogueFileTest {
  @Test
  void theCommittedCatalogueIsWhatTheMigrationsGive() throws Exception {
    try (TestFacility facility = TestFacility.create()) {
      assertThat(CatalogueFile.text(facility))
          .as("run scripts/generate-jooq and commit what it changes")
          .isEqualTo(Files.readString(CatalogueFile.COMMITTED));
    }
  }
}
