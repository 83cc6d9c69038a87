# The receipt of the latest wipe (estranctl receipt).
receipt-none = No wipe has been noted yet.
receipt-when = Latest wipe: { $date }, { $half ->
    [morning] morning
   *[other] afternoon
}.
receipt-clean = Result: nothing was left.
receipt-residue = Result: something was left. Do not open this station, call IT.
receipt-probes = Checks that found nothing: { $nothing } of { $all }.
receipt-wipe = The wipe took about { $millis } ms.
receipt-memory-cleared = Memory given back: overwritten by the kernel.
receipt-memory-not-cleared = Memory given back: not overwritten (start the kernel with init_on_free=1).
receipt-swap-none = Swap: none.
receipt-swap-memory = Swap: in memory only.
receipt-swap-encrypted = Swap: encrypted.
receipt-swap-plain = Swap: readable on a disk. Switch it off or encrypt it.
receipt-excused = Bounds of a visit: this kernel does not bound its memory, and station.toml excuses it (bounded = false). For a machine for trials only.
receipt-counters = Wipes noted: { $clean } with nothing left, { $residue } with something left.
receipt-signed = Signature: good, of this key.
receipt-not-signed = Signature: bad. This receipt is not of this key, or it was changed.
