package opd.domain;

import java.util.regex.Pattern;

/// The name of a hospital or clinic; one facility is one database schema.
public record FacilityName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9_]{0,30}");

  public static final FacilityName MAIN = new FacilityName("main");

  /// @throws OpdException INVALID_INPUT when the name cannot be one
  public FacilityName {
    if (!SHAPE.matcher(value).matches()) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the facility name " + PlainText.quote(value) + " is not usable",
          "use a lower-case letter, then up to 30 lower-case letters, digits or underscores");
    }
  }

  /// The name of the facility's schema in the database.
  public String schema() {
    return "opd_" + value;
  }

  /// The database role for that work in this facility; roles are shared by a whole server.
  public String role(FacilityRole role) {
    return schema() + role.suffix();
  }

  @Override
  public String toString() {
    return value;
  }
}
