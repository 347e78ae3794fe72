package opd.intake;

/// The names of columns.
final class Columns {
  static final String SLOT = "slot";
  static final String DOCTOR = "doctor";
  static final String PHONE = "phone";
  static final String NAME = "name";
  static final String PRIORITY = "priority";
  static final String SOURCE = "source";
  static final String MEMBER = "member";
  static final String DATE = "date";
  static final String TIME = "time";
  static final String START = "start";
  static final String REASON = "reason";
  static final String REQUEST_ID = "request_id";

  static final String END = "end";
  static final String MINUTES = "minutes";
  static final String CAPACITY = "capacity";
  static final String EVERY = "every";
  static final String UNTIL = "until";
  static final String DAYS = "days";
  static final String FROM = "from";
  static final String TO = "to";
  static final String STATUS = "status";

  private Columns() {}
}
