using System.CommandLine;
using System.CommandLine.Parsing;

namespace Waybill.Cli;

internal static class UsageError
{
    /// <summary>Says what is wrong, without the whole help, which would push it off the screen.</summary>
    public static int Report(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        Console.Error.WriteLine($"'{Path(parsed.CommandResult)} --help' tells what is allowed.");
        return ExitCode.Refused;
    }

    /// <summary>The command as it is typed, with those that it is one of.</summary>
    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "waybill";
}
