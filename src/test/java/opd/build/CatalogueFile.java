package opd.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import opd.store.connection.Sql;
import opd.store.connection.Transaction;
import opd.store.schema.CatalogueLine;
import opd.store.schema.Roles;
import opd.testing.TestFacility;

/// What the migrations and `db roles` make of a facility, as `opd check` expects it.
final class CatalogueFile {
  static final Path COMMITTED = Path.of("db", "catalogue", "expected.txt");

  private CatalogueFile() {}

  static String text(TestFacility facility) throws SQLException {
    new Roles(facility.administrator()).setUp(Map.of(), false);
    try (var connection = facility.connectAsSuperuser()) {
      connection.setAutoCommit(false);
      var lines =
          CatalogueLine.read(new Transaction(Sql.on(connection, facility.name())), facility.name());
      connection.rollback();
      return CatalogueLine.text(lines.stream(), facility.name());
    }
  }

  static void write(TestFacility facility) throws SQLException, IOException {
    Files.writeString(COMMITTED, text(facility), UTF_8);
  }
}
