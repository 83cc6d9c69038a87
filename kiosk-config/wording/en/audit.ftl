# What the audit after each session looks at, and what to do. For the front desk and IT.
audit-processes = Programs of the session
audit-namespaces = Isolated spaces of the session
audit-files = Files of the session
audit-held-files = Files of the session kept open
audit-runtime = Folder of the screen
audit-keyring = Stored keys
audit-print = The session’s printing
audit-group = Group of the session
audit-mounts = Memory reserved for the session
audit-guests = Programs in the visitor’s name
audit-keys = The visitor’s keys in the kernel
audit-shared-memory = The visitor’s shared memory
audit-queues = The visitor’s message queues
audit-traces = The visitor’s files on the station
audit-crashes = Crash reports
audit-spool = Print jobs waiting or remembered
audit-network = Network of the session
audit-resolver = Names of sites kept by the station
audit-swap = Memory copied to the disk
audit-core-pattern = Copies of memory after a crash
audit-freed-memory = Clearing of freed memory
audit-limits = Limits of the session

audit-remedy-restart = Restart the station. If it comes back, call IT.
audit-remedy-keys = Restart the station: the kernel forgets the keys.
audit-remedy-traces = IT: look for files of the reserved user numbers, and for what wrote them.
audit-remedy-crashes = IT: delete the crash reports and stop the service that writes them (apport, systemd-coredump).
audit-remedy-spool = IT: empty the print queue, and write PreserveJobHistory No in cupsd.conf.
audit-remedy-resolver = IT: write “resolvers” in station.toml, so that names do not pass through the station’s cache.
audit-remedy-swap = IT: switch swap off (swapoff -a), or encrypt it.
audit-remedy-core-pattern = IT: set kernel.core_pattern to “core” (sysctl).
audit-remedy-freed-memory = IT: boot with init_on_free=1, or write memory_cleared = false in station.toml.
audit-remedy-limits = IT: boot with control groups version 2 (systemd.unified_cgroup_hierarchy=1).
