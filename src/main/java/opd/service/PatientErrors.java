package opd.service;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.PhoneReference;
import opd.domain.UnidentifiedPatient;

/// What is said where a patient is another than the one that was meant, or nobody. The names of
/// those who share a phone are for whoever asked, and stand in no log.
final class PatientErrors {
  private static final int MOST_NAMED = 10;
  // Fewer are found in many a date or file number.
  private static final int TELLING_DIGITS = 6;

  private PatientErrors() {}

  /// @param patient whose number it is
  /// @param members all who share it
  static OpdException nameDiffers(Patient patient, List<Patient> members) {
    return new OpdException(
        ErrorCode.NAME_DIFFERS,
        "this phone number is %s's; who has it: %s".formatted(patient.shownName(), named(members)),
        "give --member next for another person who shares the phone, leave the name out for %s,"
                .formatted(patient.shownName())
            + " or correct the name with 'opd patient change'");
  }

  static OpdException exists(Patient patient, List<Patient> members) {
    return new OpdException(
        ErrorCode.PATIENT_EXISTS,
        "%s is known with this phone number already, as member %d; who has it: %s"
            .formatted(patient.shownName(), patient.member(), named(members)),
        "for another person who shares the phone give another --name and --member next, or see"
            + " 'opd patient show'");
  }

  /// Of somebody whose number was found out, and who may be one of these.
  static OpdException mayBeKnown(List<Patient> members) {
    return new OpdException(
        ErrorCode.PATIENT_EXISTS,
        "this phone number is known already; who has it: " + named(members),
        "if it is one of these, leave both as they are; for another person who shares the phone,"
            + " give the --name as well");
  }

  static OpdException ambiguous(List<Patient> members) {
    return new OpdException(
        ErrorCode.AMBIGUOUS,
        "several people share this phone number: " + named(members),
        "give --member");
  }

  private static String named(List<Patient> members) {
    String names =
        members.stream()
            .limit(MOST_NAMED)
            .map(member -> member.member() + " " + member.shownName())
            .collect(Collectors.joining(", "));
    int more = members.size() - MOST_NAMED;
    return more > 0 ? names + " and %d more".formatted(more) : names;
  }

  /// Nobody is known so, and no name is given under which to register the patient.
  static OpdException unknown() {
    return new OpdException(
        ErrorCode.PATIENT_NOT_FOUND,
        "no patient with this phone and member number is known",
        "give --name to register the patient");
  }

  static OpdException notFound(PhoneReference phone) {
    return switch (phone) {
      case PhoneNumber _ ->
          new OpdException(
              ErrorCode.PATIENT_NOT_FOUND,
              "no patient with this phone number is known",
              "see 'opd patient find', or register the patient with 'opd patient add'");
      case UnidentifiedPatient unidentified ->
          new OpdException(
              ErrorCode.PATIENT_NOT_FOUND,
              "there is no " + unidentified + " whose phone number is unknown",
              "once the number was found out, the patient is known by it: see 'opd patient find'");
    };
  }

  static OpdException needsName() {
    return OpdException.invalid("the next member of a phone needs a name");
  }

  /// The number that somebody gets who shares the phone with these.
  ///
  /// @throws OpdException INVALID_INPUT when all numbers are taken
  static int nextMember(List<Integer> members) {
    int next = 1 + members.stream().mapToInt(Integer::intValue).max().orElse(0);
    if (next > PatientKey.MOST_MEMBERS) {
      throw OpdException.invalid(
          "all %d member numbers of this phone are taken".formatted(PatientKey.MOST_MEMBERS));
    }
    return next;
  }

  /// @throws OpdException INVALID_INPUT when it would keep what is to be forgotten
  static void checkReason(Patient patient, String reason) {
    PersonName name = patient.name();
    boolean holdsName = name != null && PersonName.comparable(reason).contains(name.comparable());
    if (holdsName || (patient.phone() != null && holdsPartOf(patient.phone(), reason))) {
      throw OpdException.invalid(
          "the reason names the patient, and stays in the log: leave name and number out of it");
    }
  }

  /// Whether six of the number's digits follow each other in the text, whatever is written between
  /// them and in whichever script.
  private static boolean holdsPartOf(PhoneNumber phone, String text) {
    String digits =
        text.codePoints()
            .filter(Character::isDigit)
            .mapToObj(digit -> Integer.toString(Character.digit(digit, 10)))
            .collect(Collectors.joining());
    String number = phone.e164();
    return IntStream.rangeClosed(1, number.length() - TELLING_DIGITS)
        .anyMatch(from -> digits.contains(number.substring(from, from + TELLING_DIGITS)));
  }
}
