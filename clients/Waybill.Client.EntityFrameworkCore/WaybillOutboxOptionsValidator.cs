using System.Globalization;
using Microsoft.Extensions.Options;

namespace Waybill.Client.EntityFrameworkCore;

/// <summary>Says of each setting what is allowed.</summary>
internal sealed class WaybillOutboxOptionsValidator : IValidateOptions<WaybillOutboxOptions>
{
    /// <summary>As many as Waybill takes in one call.</summary>
    private const int MostRows = 100;

    private const int MostSenders = 16;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, WaybillOutboxOptions options)
    {
        string?[] problems =
        [
            Within(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(50), Hour),
            Within(nameof(options.Lease), options.Lease, TimeSpan.FromSeconds(10), Hour),
            Within(nameof(options.BatchSize), options.BatchSize, 1, MostRows),
            Within(nameof(options.Senders), options.Senders, 1, MostSenders),
            Within(nameof(options.MaxPause), options.MaxPause, TimeSpan.FromSeconds(1), Hour),
        ];
        var found = problems.OfType<string>().ToList();

        return found.Count > 0 ? ValidateOptionsResult.Fail(found) : ValidateOptionsResult.Success;
    }

    private static string? Within<T>(string setting, T value, T least, T most)
        where T : IComparable<T> => value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{WaybillOutboxOptions.SectionName}:{setting} must be {least} to {most}, but is {value}.")
            : null;
}
