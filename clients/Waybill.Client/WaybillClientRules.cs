using System.Globalization;

namespace Waybill.Client;

/// <summary>What is allowed of each setting. It knows nothing of a host, so that a program without one loads nothing of what hosts need.</summary>
internal static class WaybillClientRules
{
    private const int MostAttempts = 100;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestCall = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);

    /// <returns>A sentence for each that is wrong, which never has the key in it.</returns>
    public static IEnumerable<string> Problems(WaybillClientOptions options)
    {
        if (!IsBase(options.IntakeUrl))
        {
            yield return Wrong(nameof(options.IntakeUrl), $"must be the absolute http or https address of IntakeService, but {Is(options.IntakeUrl)}.");
        }

        if (!IsBase(options.StatusUrl))
        {
            yield return Wrong(nameof(options.StatusUrl), $"must be the absolute http or https address of StatusService, but {Is(options.StatusUrl)}.");
        }

        if (options.ApiKey is not { Length: > 0 } key || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            yield return Wrong(nameof(options.ApiKey), "must be an API key: visible ASCII without spaces.");
        }

        if (options.MaxAttempts is < 1 or > MostAttempts)
        {
            yield return Wrong(nameof(options.MaxAttempts), string.Create(CultureInfo.InvariantCulture, $"must be 1 to {MostAttempts}, but is {options.MaxAttempts}."));
        }

        if (options.MaxTotalWait < TimeSpan.Zero || options.MaxTotalWait > LongestWait)
        {
            yield return Wrong(nameof(options.MaxTotalWait), $"must be 00:00:00 to {LongestWait:c}, but is {options.MaxTotalWait:c}.");
        }

        if (options.CallTimeout < ShortestCall || options.CallTimeout > LongestCall)
        {
            yield return Wrong(nameof(options.CallTimeout), $"must be {ShortestCall:c} to {LongestCall:c}, but is {options.CallTimeout:c}.");
        }
    }

    /// <summary>For who makes a client without a host.</summary>
    /// <exception cref="ArgumentException">A setting is wrong.</exception>
    public static WaybillClientOptions Checked(WaybillClientOptions options) =>
        Problems(options).ToList() is { Count: > 0 } problems ? throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options)) : options;

    private static bool IsBase(Uri? url) => url is { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" };

    private static string Is(Uri? url) => url is null ? "is not set" : $"is '{url}'";

    private static string Wrong(string setting, string allowed) => $"{WaybillClientOptions.SectionName}:{setting} {allowed}";
}
