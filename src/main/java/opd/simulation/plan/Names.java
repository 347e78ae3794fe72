package opd.simulation.plan;

import java.util.List;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;

/// Invented people. None of the doctors is one of the scripted day's.
final class Names {
  private static final List<String> SURNAMES =
      List.of(
          "Abraham",
          "Bose",
          "Chandra",
          "Dutta",
          "Fernandes",
          "Ghosh",
          "Hegde",
          "Issac",
          "Joshi",
          "Kapoor",
          "Lal",
          "Mehta",
          "Nair",
          "Ojha",
          "Patel",
          "Qureshi",
          "Reddy",
          "Shah",
          "Thomas",
          "Usman",
          "Varma",
          "Wadhwa",
          "Xavier",
          "Yadav",
          "Zaidi");
  private static final List<String> GIVEN =
      List.of(
          "Aarav", "Bina", "Chetan", "Divya", "Ekta", "Firoz", "Geeta", "Harish", "Ila", "Jatin",
          "Kavya", "Lata", "Mohan", "Neha", "Omkar", "Pooja", "Rahul", "Sita", "Tara", "Uday",
          "Vidya", "Yusuf", "Zoya");
  private static final List<String> SPECIALIZATIONS =
      List.of("Medicine", "Orthopaedics", "Cardiology", "Paediatrics");
  private static final long FIRST_PHONE = 9_000_000_001L;

  private Names() {}

  /// @param number from 0
  static DoctorCode doctorCode(int number) {
    int round = number / SURNAMES.size();
    String surname = SURNAMES.get(number % SURNAMES.size());
    return DoctorCode.parse(surname + (round == 0 ? "" : round + 1));
  }

  static PersonName doctorName(int number) {
    return new PersonName("Dr " + SURNAMES.get(number % SURNAMES.size()));
  }

  static String specialization(int number) {
    return SPECIALIZATIONS.get(number % SPECIALIZATIONS.size());
  }

  static PersonName patient(Chance chance) {
    return new PersonName(chance.of(GIVEN) + " " + chance.of(SURNAMES));
  }

  /// @param number of the phone, from 0
  static PatientKey key(int number, int member) {
    return new PatientKey(new PhoneNumber("+91" + (FIRST_PHONE + number)), member);
  }
}
