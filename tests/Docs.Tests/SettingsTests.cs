using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Waybill.TestSupport;

namespace Waybill.Docs.Tests;

/// <summary>Rules out settings that are missing in the README, are gone, or have another default or range.</summary>
public sealed partial class SettingsTests
{
    private static readonly MarkdownFile Readme = new("README.md");

    /// <summary>Where settings are, and the services that have those.</summary>
    private static readonly Dictionary<Assembly, string> Services = new()
    {
        [typeof(ServiceDefaults.Authentication.ApiKeyOptions).Assembly] = "all",
        [typeof(Notifications.StatusApi.StatusClientOptions).Assembly] = "intake, worker",
        [typeof(IntakeService.Queueing.QueueOptions).Assembly] = "intake",
        [typeof(DeliveryWorker.Delivery.DeliveryOptions).Assembly] = "worker",
        [typeof(StatusService.Store.TableOptions).Assembly] = "status",
    };

    [Fact]
    public void The_README_lists_every_setting_with_its_default_and_range()
    {
        var documented = Readme.Table("setting", "service", "default", "allowed", "what it does").Select(cells => string.Join(" | ", cells[..4]));
        var inCode = Services.SelectMany(pair => Settings(pair.Key, pair.Value));

        Assert.Equal(inCode.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_README_lists_the_ports_that_the_AppHost_uses()
    {
        var appHost = File.ReadAllText(Path.Combine(Repository.Root, "src/AppHost/Program.cs"));
        var profile = File.ReadAllText(Path.Combine(Repository.Root, "src/AppHost/Properties/launchSettings.json"));

        var inCode = Port().Matches(appHost).Select(match => $"`Ports__{match.Groups[1].Value}` | {match.Groups[2].Value}")
            .Append($"`Ports__Dashboard` | {DashboardPort().Match(profile).Groups[1].Value}")
            .Append($"`Ports__Otlp` | {OtlpPort().Match(profile).Groups[1].Value}");

        var documented = Readme.Table("what", "port", "override").Select(cells => $"{cells[2]} | {cells[1]}");

        Assert.Equal(inCode.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Settings(Assembly assembly, string service) =>
        from type in assembly.GetTypes()
        let section = type.GetField("SectionName")?.GetRawConstantValue() as string
        where section is not null
        from property in Properties(type, section)
        select $"`{property.Name}` | {service} | {property.Default} | {property.Allowed}";

    /// <summary>A list of objects is documented by the settings of its entries.</summary>
    private static IEnumerable<(string Name, string Default, string Allowed)> Properties(Type type, string path)
    {
        var instance = Activator.CreateInstance(type);

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var name = $"{path}:{property.Name}";

            if (EntryType(property) is { } entry)
            {
                foreach (var setting in Properties(entry, name + ":n"))
                {
                    yield return setting;
                }
            }
            else if (property.CanWrite)
            {
                yield return (name, Default(property, instance), Allowed(property));
            }
        }
    }

    private static Type? EntryType(PropertyInfo property)
    {
        var type = property.PropertyType;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0] : null;
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

    [GeneratedRegex("""\.Port\("(\w+)", (\d+)\)""")]
    private static partial Regex Port();

    [GeneratedRegex("""
        "applicationUrl": "http://localhost:(\d+)"
        """)]
    private static partial Regex DashboardPort();

    [GeneratedRegex("""
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL": "http://localhost:(\d+)"
        """)]
    private static partial Regex OtlpPort();
}
