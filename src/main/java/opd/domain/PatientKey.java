package opd.domain;

/// What a patient is known by: a phone number, and a member number that tells apart the people who
/// share it.
///
/// @param member 1 to 99, 1 unless given
public record PatientKey(PhoneNumber phone, int member) implements PatientReference {
  public static final int MOST_MEMBERS = 99;

  /// @throws OpdException INVALID_INPUT when the member number is out of range
  public PatientKey {
    if (member < 1 || member > MOST_MEMBERS) {
      throw OpdException.invalid("the member number is from 1 to " + MOST_MEMBERS);
    }
  }
}
