package opd.simulation.script;

import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;

/// The invented patients of the scripted day. Leela shares her daughter Asha's phone.
enum Person {
  ASHA("Asha", "+919876543201", 1),
  LEELA("Leela", "+919876543201", 2),
  BALA("Bala", "+919876543202", 1),
  CHITRA("Chitra", "+919876543203", 1),
  DEV("Dev", "+919876543204", 1),
  ESHA("Esha", "+919876543205", 1),
  FARID("Farid", "+919876543206", 1),
  GITA("Gita", "+919876543207", 1),
  HARI("Hari", "+919876543208", 1),
  INDU("Indu", "+919876543209", 1),
  JAYA("Jaya", "+919876543210", 1),
  KIRAN("Kiran", "+919876543211", 1),
  MANOJ("Manoj", "+919876543212", 1),
  NINA("Nina", "+919876543213", 1),
  OM("ओम", "+919876543214", 1);

  private final String name;
  private final String phone;
  private final int member;

  Person(String name, String phone, int member) {
    this.name = name;
    this.phone = phone;
    this.member = member;
  }

  PersonName personName() {
    return new PersonName(name);
  }

  PhoneNumber phone() {
    return new PhoneNumber(phone);
  }

  PatientKey key() {
    return new PatientKey(phone(), member);
  }
}
