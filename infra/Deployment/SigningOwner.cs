using System.Globalization;

namespace Waybill.Infra.Deployment;

/// <summary>Reads who signs: <c>-c signingOwners=acme=1,globex=2</c>.</summary>
internal static class SigningOwner
{
    private const string Name = "signingOwners";

    /// <summary>As many as the worker signs with at most.</summary>
    private const int MaxSecrets = 5;

    /// <exception cref="SettingException">An entry is not <c>owner=number</c>.</exception>
    public static IReadOnlyDictionary<string, int> Read(Context context) =>
        context.List(Name, "").Select(Parse).ToDictionary(pair => pair.Owner, pair => pair.Secrets);

    private static (string Owner, int Secrets) Parse(string entry)
    {
        var at = entry.LastIndexOf('=');

        return at > 0
            && int.TryParse(entry[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var secrets)
            && secrets is >= 1 and <= MaxSecrets
                ? (entry[..at], secrets)
                : throw new SettingException($"The context value {Name} must be a list such as acme=1,globex=2 with 1 to {MaxSecrets} secrets each; '{entry}' is not.");
    }
}
