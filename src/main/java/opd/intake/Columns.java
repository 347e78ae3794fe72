package opd.intake;

import java.util.List;

/// The columns of a list.
final class Columns {
  static final String SLOT = "slot";
  static final String DOCTOR = "doctor";
  static final String PHONE = "phone";
  static final String NAME = "name";
  static final String PRIORITY = "priority";
  static final String SOURCE = "source";
  static final String MEMBER = "member";
  static final String REQUEST_ID = "request_id";

  static final List<String> KNOWN =
      List.of(SLOT, DOCTOR, PHONE, NAME, PRIORITY, SOURCE, MEMBER, REQUEST_ID);

  private Columns() {}
}
