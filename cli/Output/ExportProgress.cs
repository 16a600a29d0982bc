using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Waybill.Cli.Output;

/// <summary>How far an export is: how many, how many a second, and what part of all where that is known.</summary>
/// <param name="interactive">On a terminal, where a line replaces the one before; elsewhere each stays.</param>
/// <param name="expected">About how many there will be; null where nobody knows.</param>
internal sealed class ExportProgress(bool interactive, long? expected)
{
    private readonly TimeSpan _interval = interactive ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(5);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.Zero;

    /// <summary>May be called as often as one likes.</summary>
    public void Show(StatusContext status, long records)
    {
        if (_watch.Elapsed >= _next)
        {
            _next = _watch.Elapsed + _interval;
            status.Status(Text(records, _watch.Elapsed, expected));
        }
    }

    /// <summary>At the end.</summary>
    public string Total(long records) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(records, _watch.Elapsed, null)}, in {_watch.Elapsed.TotalSeconds:0.0} s");

    internal static string Text(long records, TimeSpan elapsed, long? expected)
    {
        var rate = records / Math.Max(elapsed.TotalSeconds, 0.001);
        var text = string.Create(CultureInfo.InvariantCulture, $"{records:N0} notifications, {rate:N0} a second");

        // Only the end of the stream says that it is all.
        return expected is > 0 and var all ? string.Create(CultureInfo.InvariantCulture, $"{text}, {Math.Min(99, records * 100 / all)} %") : text;
    }
}
