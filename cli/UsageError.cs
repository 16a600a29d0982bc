using System.CommandLine;

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

        Console.Error.WriteLine($"'waybill {string.Join(' ', parsed.CommandResult.Command.Name)} --help' tells what is allowed.");
        return ExitCode.Refused;
    }
}
