using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Waybill.TestSupport;

namespace Waybill.Docs.Tests;

/// <summary>Rules out settings that are missing in docs/settings.md, are gone, or have another default or range.</summary>
public sealed partial class SettingsTests
{
    private static readonly MarkdownFile Document = new("docs/settings.md");

    /// <summary>Where settings are, and the services that have those.</summary>
    private static readonly Dictionary<Assembly, string> Services = new()
    {
        [typeof(ServiceDefaults.Authentication.ApiKeyOptions).Assembly] = "all",
        [typeof(Hosting.StatusClientOptions).Assembly] = "",
        [typeof(IntakeService.Queueing.QueueOptions).Assembly] = "intake",
        [typeof(DeliveryWorker.Delivery.DeliveryOptions).Assembly] = "worker",
        [typeof(StatusService.Store.Table.TableOptions).Assembly] = "status",
    };

    /// <summary>Of those that services share, the ones that have each.</summary>
    private static readonly Dictionary<Type, string> Shared = new()
    {
        [typeof(Hosting.StatusClientOptions)] = "intake, worker",
        [typeof(Hosting.Egress.EgressOptions)] = "intake, status, worker",
        [typeof(Hosting.Sealing.SealingOptions)] = "status, worker",
    };

    [Fact]
    public void The_document_lists_every_setting_with_its_default_and_range()
    {
        var documented = Document.Table("setting", "service", "default", "allowed", "what it does").Select(cells => string.Join(" | ", cells[..4]));
        var inCode = Services.SelectMany(pair => Settings(pair.Key, pair.Value));

        Assert.Equal(inCode.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_document_lists_the_ports_that_the_AppHost_uses()
    {
        var inCode = Port().Matches(Read("src/AppHost/Local/PortSettings.cs")).Select(match => $"`Ports__{match.Groups[1].Value}` | {match.Groups[2].Value}");
        var documented = Document.Table("what", "port", "override").Select(cells => $"{cells[2]} | {cells[1]}");

        Assert.Equal(inCode, documented);
    }

    [Theory]
    [InlineData("`Ports__Dashboard`", "applicationUrl")]
    [InlineData("`Ports__Otlp`", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL")]
    public void The_launch_profile_has_the_ports_of_the_dashboard_that_the_document_lists(string port, string setting)
    {
        var documented = Document.Table("what", "port", "override").Single(cells => cells[2] == port)[1];

        Assert.Contains($"\"{setting}\": \"http://localhost:{documented}\"", Read("src/AppHost/Properties/launchSettings.json"), StringComparison.Ordinal);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Settings(Assembly assembly, string service) =>
        from type in assembly.GetTypes()
        let section = type.GetField("SectionName")?.GetRawConstantValue() as string
        where section is not null
        from property in Properties(type, section)
        select $"`{property.Name}` | {Shared.GetValueOrDefault(type, service)} | {property.Default} | {property.Allowed}";

    /// <summary>Of a list the settings of entry <c>n</c>, of a dictionary those of entry <c>key</c>.</summary>
    private static IEnumerable<(string Name, string Default, string Allowed)> Properties(Type type, string path)
    {
        if (type == typeof(string))
        {
            return [(path, "none", "")];
        }

        var instance = Activator.CreateInstance(type);

        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).SelectMany(property =>
        {
            var name = $"{path}:{property.Name}";

            return Entries(property) is var (entry, key)
                ? Properties(entry, $"{name}:{key}")
                : property.CanWrite ? [(name, Default(property, instance), Allowed(property))] : [];
        });
    }

    private static (Type Entry, string Key)? Entries(PropertyInfo property)
    {
        var type = property.PropertyType;
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;

        return generic == typeof(List<>) ? (type.GetGenericArguments()[0], "n")
            : generic == typeof(Dictionary<,>) ? (type.GetGenericArguments()[1], "key")
            : null;
    }

    private static string Default(PropertyInfo property, object? instance) => property.GetValue(instance) switch
    {
        null or "" => property.IsDefined(typeof(RequiredAttribute)) ? "required" : "none",
        bool value => value ? "`true`" : "`false`",
        string value => $"`{value}`",
        IEnumerable => "none",
        var value => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}"),
    };

    private static string Allowed(PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{range.Minimum:0.##}–{range.Maximum:0.##}");
        }

        return property.GetCustomAttribute<AllowedValuesAttribute>() is { } values
            ? string.Join(", ", values.Values.Select(value => $"`{value}`"))
            : "";
    }

    [GeneratedRegex("""\["(\w+)"\] = (\d+),""")]
    private static partial Regex Port();
}
