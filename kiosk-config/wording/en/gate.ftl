# What the station looks at before it opens. For the front desk and IT.
gate-open = This machine is what the configuration declares.
gate-root = The disk is not protected as declared. IT: restart, then read “Forme du disque” in docs/installation.md.
gate-state = Statistics and codes would be lost at the next restart. IT: give /var/lib/estran a partition.
gate-swap = Memory can be copied to the disk. IT: stop swap (swapoff -a), or encrypt it.
gate-core-pattern = After a crash, a program’s memory would be kept. IT: set kernel.core_pattern to “core” (sysctl).
gate-not-looked = The station could not be checked. IT: systemctl status estran-gate.
