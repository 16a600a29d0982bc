using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Output;

/// <summary>Results go to standard output, as text or JSON; progress goes to standard error, so that results can be piped.</summary>
internal sealed class Printer(bool json)
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new Rfc3339Converter() },
    };

    public bool IsJson => json;

    public IAnsiConsole Progress { get; } = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    });

    /// <param name="text">For people; called only when JSON was not asked for.</param>
    public void Print<T>(T value, Func<T, string> text) =>
        Console.WriteLine(json ? JsonSerializer.Serialize(value, JsonOptions) : text(value));

    /// <summary>One line of a list.</summary>
    public static string Line(NotificationView notification) => string.Join("  ",
        Words.Time(notification.CreatedAt),
        notification.Id,
        Words.State(notification).PadRight(Words.StateWidth),
        string.Create(CultureInfo.InvariantCulture, $"{notification.History.Count,2}"),
        notification.Url);
}
