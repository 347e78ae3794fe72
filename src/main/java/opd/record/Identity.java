package opd.record;

import java.util.HexFormat;
import opd.domain.Doctor;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import org.jspecify.annotations.Nullable;

/// Digests that stand in the log for what it must not hold: a changed or swapped identity shows,
/// and nobody reads a name from it.
public final class Identity {
  private Identity() {}

  /// @param salt 16 random bytes that live in the patient's row: without them the few possible
  ///   phone numbers could be tried one after the other
  public static String of(PatientKey key, PersonName name, byte[] salt) {
    return of(key.phone(), key.member(), name, salt);
  }

  /// @param phone null while nobody knows it
  public static String of(@Nullable PhoneNumber phone, int member, PersonName name, byte[] salt) {
    return Encoding.sha256Hex(
        HexFormat.of().formatHex(salt),
        phone == null ? null : phone.e164(),
        Integer.toString(member),
        name.value());
  }

  /// A doctor's name hangs on the door: no salt.
  public static String of(Doctor doctor) {
    return Encoding.sha256Hex(
        doctor.code().value(), doctor.name().value(), doctor.specialization());
  }
}
