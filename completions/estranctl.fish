# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_estranctl_global_optspecs
    string join \n lang= h/help V/version
end

function __fish_estranctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_estranctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_estranctl_using_subcommand
    set -l cmd (__fish_estranctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c estranctl -n "__fish_estranctl_needs_command" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_needs_command" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_needs_command" -s V -l version -d 'Print version'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "config" -d 'The configuration of the station'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "status" -d 'What the station is doing. Exit code 0: ready or in a visit; 1: quarantine or closed'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "reset" -d '"Remettre à zéro": ends the visit by its farewell'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "quarantine" -d 'The station\'s quarantine'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "health" -d 'The machine\'s health. Exit code 1 when something needs a hand'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "close" -d 'Closes the station from the next welcome on'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "open" -d 'Opens the station again, or keeps it open beyond its hours'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "waiting" -d 'Says whether others wait: then visits are limited'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "acts" -d 'The journal of acts of staff: six months, by role and act'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "schema" -d 'Prints the JSON Schema of what --json prints'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "gate" -d 'Looks whether the machine is what the house declares. Exit code 1: it is not, and the station stays closed'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "prove" -d 'Proves that a visit leaves nothing'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "receipt" -d 'The receipt of the latest wipe'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "secrets" -d 'The codes and keys of the station'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "stats" -d 'The station\'s numbers: twelve months, or an export of a month or a quarter'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "metrics" -d 'The suppressed numbers and the machine\'s health, for monitoring'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "seats" -d 'The helper\'s keyboard and mouse'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "version" -d 'The version of this program'
complete -c estranctl -n "__fish_estranctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and not __fish_seen_subcommand_from check schema explain keys status help" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and not __fish_seen_subcommand_from check schema explain keys status help" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and not __fish_seen_subcommand_from check schema explain keys status help" -f -a "check" -d 'Checks a configuration folder. Exit code 0: valid; 1: mistakes, shown; 2: not readable'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and not __fish_seen_subcommand_from check schema explain keys status help" -f -a "schema" -d 'Prints the JSON Schema of a file, for editors'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and not __fish_seen_subcommand_from check schema explain keys status help" -f -a "explain" -d 'Explains a setting: what it is for, what may be written, what counts without it'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and not __fish_seen_subcommand_from check schema explain keys status help" -f -a "keys" -d 'Prints every setting as a table in Markdown'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and not __fish_seen_subcommand_from check schema explain keys status help" -f -a "status" -d 'Where the configuration of the running station stands. Exit code 1: the last edit is broken'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and not __fish_seen_subcommand_from check schema explain keys status help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from check" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from schema" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from explain" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from keys" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from keys" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from status" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from status" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from status" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Checks a configuration folder. Exit code 0: valid; 1: mistakes, shown; 2: not readable'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "schema" -d 'Prints the JSON Schema of a file, for editors'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Explains a setting: what it is for, what may be written, what counts without it'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "keys" -d 'Prints every setting as a table in Markdown'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "status" -d 'Where the configuration of the running station stands. Exit code 1: the last edit is broken'
complete -c estranctl -n "__fish_estranctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand status" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand status" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand status" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand status" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand reset" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand reset" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand reset" -l now -d 'At once, without the farewell'
complete -c estranctl -n "__fish_estranctl_using_subcommand reset" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand reset" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and not __fish_seen_subcommand_from release help" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and not __fish_seen_subcommand_from release help" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and not __fish_seen_subcommand_from release help" -f -a "release" -d 'Wipes again; the station welcomes only if the audit is clean'
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and not __fish_seen_subcommand_from release help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and __fish_seen_subcommand_from release" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "release" -d 'Wipes again; the station welcomes only if the audit is clean'
complete -c estranctl -n "__fish_estranctl_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand health" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand health" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand health" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand health" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand close" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand close" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand close" -l maintenance -d 'Until it is opened again, whatever the hours'
complete -c estranctl -n "__fish_estranctl_using_subcommand close" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand close" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand open" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand open" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand open" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand open" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand waiting" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand waiting" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand waiting" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand waiting" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand acts" -l counter -d 'The station\'s socket [default: that of an installed station, or estran-counter.sock in XDG_RUNTIME_DIR or /run]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand acts" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand acts" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand acts" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand schema" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand schema" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand gate" -l root -d 'The form of the root that is declared' -r -f -a "plain\t'An ordinary writable disk: a desk, or a machine that is still being installed'
overlay\t'The disk is never written to: what the system writes goes to memory and is gone at the next start'
read-only\t'The whole root is read-only, as in an image'"
complete -c estranctl -n "__fish_estranctl_using_subcommand gate" -l verdict -d 'Write the verdict here, for the front-end' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand gate" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand gate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l browser -d 'The browser of the visit' -r -f -a "firefox\t''
chromium\t''"
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l program -d 'Runs this program as the guest, in the place of a browser: try to beat the wipe with it. It finds what it has to leave somewhere in ESTRAN_CANARY' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l seconds -d 'How long that program may run, seconds' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l form -d 'In which form: as this user, or as root in the station\'s own walls' -r -f -a "desk\t''
station\t''"
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l config -d 'The station\'s configuration' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l state -d 'The custodian\'s folder; one that is in use is left alone' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l image -d 'Also searches this disk, or its image, from its first byte to its last' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l pdf -d 'Also writes a page for the data protection officer' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l estrand -d 'The custodian\'s program [default: estrand beside this one]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -l json -d 'Prints JSON (docs/preuve.md says what it means)'
complete -c estranctl -n "__fish_estranctl_using_subcommand prove" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and not __fish_seen_subcommand_from key verify help" -l state -d 'The custodian\'s folder [default: /var/lib/estran for root, else estran in XDG_STATE_HOME]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and not __fish_seen_subcommand_from key verify help" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and not __fish_seen_subcommand_from key verify help" -l json -d 'Prints the signed receipt as JSON (docs/preuve.md says what it means)'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and not __fish_seen_subcommand_from key verify help" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and not __fish_seen_subcommand_from key verify help" -f -a "key" -d 'Prints the public key, with which others verify this station\'s receipts'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and not __fish_seen_subcommand_from key verify help" -f -a "verify" -d 'Verifies a receipt that `estranctl receipt --json` printed'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and not __fish_seen_subcommand_from key verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from key" -l state -d 'The custodian\'s folder [default: /var/lib/estran for root, else estran in XDG_STATE_HOME]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from key" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from key" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l key -d 'The public key that the station gave you [default: this station\'s]' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l state -d 'The custodian\'s folder [default: /var/lib/estran for root, else estran in XDG_STATE_HOME]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "key" -d 'Prints the public key, with which others verify this station\'s receipts'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Verifies a receipt that `estranctl receipt --json` printed'
complete -c estranctl -n "__fish_estranctl_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and not __fish_seen_subcommand_from list code forget help" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and not __fish_seen_subcommand_from list code forget help" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and not __fish_seen_subcommand_from list code forget help" -f -a "list" -d 'Which secrets are set. Their content is never shown'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and not __fish_seen_subcommand_from list code forget help" -f -a "code" -d 'Sets a code, read from standard input; on a terminal it is asked for twice, unseen'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and not __fish_seen_subcommand_from list code forget help" -f -a "forget" -d 'Takes a secret out of the store, and reads back that it is gone'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and not __fish_seen_subcommand_from list code forget help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l secrets -d 'Where the station keeps its secrets: keyutils or folder:/path' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from code" -l secrets -d 'Where the station keeps its secrets: keyutils or folder:/path' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from code" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from code" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from forget" -l secrets -d 'Where the station keeps its secrets: keyutils or folder:/path' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from forget" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from help" -f -a "list" -d 'Which secrets are set. Their content is never shown'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from help" -f -a "code" -d 'Sets a code, read from standard input; on a terminal it is asked for twice, unseen'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from help" -f -a "forget" -d 'Takes a secret out of the store, and reads back that it is gone'
complete -c estranctl -n "__fish_estranctl_using_subcommand secrets; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -l month -d 'Exports a month, as in 2026-11 [default: the last complete one]' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -l quarter -d 'Exports a quarter, as in 2026-T4 [default: the last complete one]' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -l format -d 'The form of the export' -r -f -a "csv\t''
json\t''
pdf\t''"
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -l to -d 'Writes all three forms into this folder, a stick for instance, instead of one to the output' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -l state -d 'The folder of the statistics [default: estran in STATE_DIRECTORY, XDG_STATE_HOME or HOME]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -l config -d 'The folder that holds station.toml; the configuration compiled in when absent' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -l json -d 'As JSON: the last twelve complete months, or the export of the period'
complete -c estranctl -n "__fish_estranctl_using_subcommand stats" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand metrics" -l state -d 'The folder of the statistics [default: estran in STATE_DIRECTORY, XDG_STATE_HOME or HOME]' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand metrics" -l config -d 'The folder that holds station.toml; the configuration compiled in when absent' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand metrics" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand metrics" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and not __fish_seen_subcommand_from list assign help" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and not __fish_seen_subcommand_from list assign help" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and not __fish_seen_subcommand_from list assign help" -f -a "list" -d 'The keyboards and mice of this machine, and whose they are'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and not __fish_seen_subcommand_from list assign help" -f -a "assign" -d 'Gives the device at a place of the machine to the helper, or back to the visitor'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and not __fish_seen_subcommand_from list assign help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from list" -l data -d 'Where udev keeps what it knows' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from list" -l rules -d 'The rules file that is written' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from list" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from list" -l json -d 'As JSON; `estranctl schema` prints its form'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from assign" -l data -d 'Where udev keeps what it knows' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from assign" -l rules -d 'The rules file that is written' -r -F
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from assign" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from help" -f -a "list" -d 'The keyboards and mice of this machine, and whose they are'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from help" -f -a "assign" -d 'Gives the device at a place of the machine to the helper, or back to the visitor'
complete -c estranctl -n "__fish_estranctl_using_subcommand seats; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand version" -l lang -d 'Language of the answers: fr or en' -r
complete -c estranctl -n "__fish_estranctl_using_subcommand version" -s h -l help -d 'Print help'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "config" -d 'The configuration of the station'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "status" -d 'What the station is doing. Exit code 0: ready or in a visit; 1: quarantine or closed'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "reset" -d '"Remettre à zéro": ends the visit by its farewell'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "quarantine" -d 'The station\'s quarantine'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "health" -d 'The machine\'s health. Exit code 1 when something needs a hand'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "close" -d 'Closes the station from the next welcome on'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "open" -d 'Opens the station again, or keeps it open beyond its hours'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "waiting" -d 'Says whether others wait: then visits are limited'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "acts" -d 'The journal of acts of staff: six months, by role and act'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "schema" -d 'Prints the JSON Schema of what --json prints'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "gate" -d 'Looks whether the machine is what the house declares. Exit code 1: it is not, and the station stays closed'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "prove" -d 'Proves that a visit leaves nothing'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "receipt" -d 'The receipt of the latest wipe'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "secrets" -d 'The codes and keys of the station'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "stats" -d 'The station\'s numbers: twelve months, or an export of a month or a quarter'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "metrics" -d 'The suppressed numbers and the machine\'s health, for monitoring'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "seats" -d 'The helper\'s keyboard and mouse'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "version" -d 'The version of this program'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and not __fish_seen_subcommand_from config status reset quarantine health close open waiting acts schema gate prove receipt secrets stats metrics seats version help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Checks a configuration folder. Exit code 0: valid; 1: mistakes, shown; 2: not readable'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "schema" -d 'Prints the JSON Schema of a file, for editors'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "explain" -d 'Explains a setting: what it is for, what may be written, what counts without it'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "keys" -d 'Prints every setting as a table in Markdown'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "status" -d 'Where the configuration of the running station stands. Exit code 1: the last edit is broken'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "release" -d 'Wipes again; the station welcomes only if the audit is clean'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "key" -d 'Prints the public key, with which others verify this station\'s receipts'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "verify" -d 'Verifies a receipt that `estranctl receipt --json` printed'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "list" -d 'Which secrets are set. Their content is never shown'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "code" -d 'Sets a code, read from standard input; on a terminal it is asked for twice, unseen'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "forget" -d 'Takes a secret out of the store, and reads back that it is gone'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from seats" -f -a "list" -d 'The keyboards and mice of this machine, and whose they are'
complete -c estranctl -n "__fish_estranctl_using_subcommand help; and __fish_seen_subcommand_from seats" -f -a "assign" -d 'Gives the device at a place of the machine to the helper, or back to the visitor'
