package opd.store;

import java.sql.Connection;
import opd.domain.FacilityName;

/// The program's own grants, for facilities that tests make.
public final class FacilityRights {
  private FacilityRights() {}

  public static void grant(Connection connection, FacilityName facility) {
    Rights.grant(Sql.on(connection), facility);
  }
}
