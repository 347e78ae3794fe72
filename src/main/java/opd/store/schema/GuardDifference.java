package opd.store.schema;

/// A guard, or another part of a facility's schema, that is not as the migrations make it.
///
/// @param object such as `trigger token.token_is_kept`
/// @param property of it that differs, or empty where the whole object is missing or is too much
/// @param expected as the migrations make it
/// @param found in the database
/// @param remedy what mends it
public record GuardDifference(
    String object, String property, String expected, String found, Remedy remedy) {

  /// What mends a difference.
  public enum Remedy {
    /// Makes functions and triggers anew, and takes rights of the facility's roles and of everybody
    /// back.
    MIGRATE("opd db migrate"),
    /// Gives everything to the owner.
    ROLES("opd db roles"),
    /// Whoever did it undoes it: what the program did not make it does not throw away, and a
    /// constraint may stand against what was stored without it.
    BY_HAND("the database's administrator, by hand");

    private final String text;

    Remedy(String text) {
      this.text = text;
    }

    /// A command, or a person.
    public String text() {
      return text;
    }
  }

  /// The object and the property.
  public String name() {
    return property.isEmpty() ? object : object + ", " + property;
  }
}
