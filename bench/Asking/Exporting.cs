using System.Diagnostics;
using System.Net.Http.Headers;
using Waybill.Bench.Storing;
using Waybill.Bench.Systems;
using Waybill.Notifications.Json;
using Waybill.TestSupport;

namespace Waybill.Bench.Asking;

/// <summary>All of the day's notifications as one stream, as fast as they come, and what the status service needs of memory for it.</summary>
internal static class Exporting
{
    private const byte LineEnd = (byte)'\n';

    /// <exception cref="InvalidOperationException">There are more or fewer than were stored.</exception>
    public static async Task<ExportFigures> RunAsync(StatusUnderTest status, StoredSet set, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = status.Service.Url, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Operator);

        var path = $"/v1/notifications/export?from={Time(set.DayEnd.AddDays(-1))}&to={Time(set.DayEnd)}";
        var begun = Stopwatch.GetTimestamp();
        using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var lines = await LinesAsync(stream, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;

        return lines == set.Count
            ? new ExportFigures(lines, Math.Round(seconds, 1), status.Service.Use.PeakMegabytes)
            : throw new InvalidOperationException($"The export has {lines} lines for {set.Count} notifications.");
    }

    private static async Task<int> LinesAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var lines = 0;

        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            lines += buffer.AsSpan(0, read).Count(LineEnd);
        }

        return lines;
    }

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(Rfc3339.Text(time));
}

/// <param name="PeakMegabytes">Of the status service, since its start.</param>
internal sealed record ExportFigures(int Lines, double Seconds, double PeakMegabytes)
{
    private const double MostMegabytes = 200;

    public bool Holds => PeakMegabytes <= MostMegabytes;

    public override string ToString() => FormattableString.Invariant(
        $"export of all: {Lines:N0} lines in {Seconds:0.0} s, {Lines / Seconds:N0} a second; status service {PeakMegabytes:0} MB at its peak   at most {MostMegabytes} MB{(Holds ? "" : ": NOT HELD")}");
}
