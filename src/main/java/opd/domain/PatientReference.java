package opd.domain;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a request names its patient.
public sealed interface PatientReference
    permits PatientKey, UnidentifiedPatient, PatientReference.NextMember, PatientReference.Unknown {

  /// Of those who share the phone the one with the request's name, or else a new one under the next
  /// member number.
  record NextMember(PhoneNumber phone) implements PatientReference {}

  /// Somebody new whose number nobody knows.
  record Unknown() implements PatientReference {}

  /// What stands for it in digests.
  ///
  /// @param member null where there is none
  record Canonical(String phone, @Nullable String member) {}

  /// @param hmac gives what stands for a phone number, which nobody may try out
  default Canonical canonical(Function<PhoneNumber, String> hmac) {
    return switch (this) {
      case PatientKey(var phone, int member) ->
          new Canonical(hmac.apply(phone), Integer.toString(member));
      case NextMember(var phone) -> new Canonical(hmac.apply(phone), "next");
      case UnidentifiedPatient unidentified -> new Canonical(unidentified.toString(), null);
      case Unknown() -> new Canonical("unknown", null);
    };
  }

  /// A known number or reference, with the member number where people share a phone.
  static PatientReference of(PhoneReference phone, int member) {
    return switch (phone) {
      case PhoneNumber number -> new PatientKey(number, member);
      case UnidentifiedPatient unidentified -> unidentified;
    };
  }
}
