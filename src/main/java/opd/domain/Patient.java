package opd.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A patient.
///
/// @param phone null while nobody knows it, and once the patient was erased
/// @param name null once the patient was erased
/// @param isWithheld whether the number was not read, which says nothing of whether there is one
public record Patient(
    long id,
    @Nullable PhoneNumber phone,
    int member,
    @Nullable PersonName name,
    boolean isWithheld) {
  /// Where a name would stand.
  private static final String ERASED = "(erased)";

  /// Where a number would stand that this login does not read.
  private static final String WITHHELD = "-";

  /// A patient as somebody finds who may read all of it.
  public Patient(long id, @Nullable PhoneNumber phone, int member, @Nullable PersonName name) {
    this(id, phone, member, name, false);
  }

  /// A patient with a number.
  public Patient(long id, PatientKey key, PersonName name) {
    this(id, key.phone(), key.member(), name);
  }

  /// What the patient is known by; empty without a number.
  public Optional<PatientKey> key() {
    return Optional.ofNullable(phone).map(number -> new PatientKey(number, member));
  }

  /// Whether name and number are gone for good.
  public boolean isErased() {
    return name == null;
  }

  /// What stands in place of the number while nobody knows it.
  public Optional<UnidentifiedPatient> reference() {
    return phone == null && name != null && !isWithheld
        ? Optional.of(new UnidentifiedPatient(id))
        : Optional.empty();
  }

  /// Whether the patient has this name; nobody has one once erased.
  public boolean isCalled(PersonName other) {
    return name != null && name.sameAs(other);
  }

  /// The name for people's eyes.
  public String shownName() {
    return name == null ? ERASED : name.value();
  }

  /// The number for people's eyes, or what stands in its place.
  public String shownPhone() {
    if (isWithheld) {
      return WITHHELD;
    }
    return phone == null ? reference().map(UnidentifiedPatient::toString).orElse("") : phone.e164();
  }
}
