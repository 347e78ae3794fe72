package opd.server;

/// How every managed server is configured.
final class ServerSettings {
  /// Appended to `postgresql.conf`; the port comes on the command line at each start.
  static final String SETTINGS =
      """

      # The managed local PostgreSQL of opd: written once when it was set up.
      cluster_name = 'opd'
      listen_addresses = '127.0.0.1'
      # A socket's path may only have some 100 bytes, a home's may be longer.
      unix_socket_directories = ''
      max_connections = 100
      password_encryption = 'scram-sha-256'
      # Hashing rounds slow down the guessing of weak passwords. These are random, of 32 characters.
      scram_iterations = 1
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      timezone = 'UTC'
      log_timezone = 'UTC'
      # One file for each hour of the day, emptied when the hour comes round.
      logging_collector = on
      log_destination = 'stderr'
      log_directory = 'log'
      log_filename = 'server-%H.log'
      log_file_mode = 0600
      log_rotation_age = 1h
      log_rotation_size = 0
      log_truncate_on_rotation = on
      log_line_prefix = '%m [%p] '
      # Errors go to the client, who made them; here they could only leak patients' data.
      log_min_messages = log
      log_min_error_statement = panic
      log_error_verbosity = terse
      log_statement = 'none'
      log_min_duration_statement = -1
      log_parameter_max_length = 0
      log_parameter_max_length_on_error = 0
      log_checkpoints = off
      log_autovacuum_min_duration = -1
      log_lock_waits = off
      """;

  /// The whole of `pg_hba.conf`.
  static final String ACCESS_RULES =
      """
      # Only from this machine, and only with a password.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private ServerSettings() {}
}
