package opd.store.schema;

import java.sql.Connection;
import opd.domain.FacilityName;
import opd.store.connection.Sql;

/// The program's own steps after Flyway's, for facilities that tests make.
public final class MigrationSteps {
  private MigrationSteps() {}

  public static void setRow(Connection connection, FacilityName facility, FacilitySetup setup) {
    FacilityWriter.set(Sql.on(connection, facility), setup);
  }

  public static void grant(Connection connection, FacilityName facility) {
    Rights.grant(Sql.on(connection, facility), facility);
  }
}
