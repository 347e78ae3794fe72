package opd.build;

import java.nio.file.Path;
import opd.testing.TestFacility;

/// What `scripts/generate-jooq` runs: writes `opd.jooq` and `db/catalogue/expected.txt` anew from
/// what the migrations give. To be started in English: in Turkish, jOOQ's generator finds no I in
/// "id".
final class GenerateJooq {
  private GenerateJooq() {}

  /// @param arguments the folder of the sources, and only where the catalogue's file is not wanted
  ///   a second one
  public static void main(String[] arguments) throws Exception {
    try (TestFacility facility = TestFacility.create()) {
      var owner = facility.administrator();
      JooqGenerator.generate(
          owner.url(),
          owner.user(),
          owner.password(),
          facility.name().schema(),
          Path.of(arguments[0]));
      if (arguments.length == 1) {
        CatalogueFile.write(facility);
      }
    }
  }
}
