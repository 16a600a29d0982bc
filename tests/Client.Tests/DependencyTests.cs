using System.Reflection;
using System.Text.Json.Nodes;
using Waybill.TestSupport;

namespace Waybill.Client.Tests;

/// <summary>Rules out that the typed client, or the command line that is built on it, drags ASP.NET Core, the AWS SDK or the services' own code along.</summary>
public sealed class DependencyTests
{
    private static readonly string[] Heavy = ["AWSSDK", "Amazon", "Microsoft.AspNetCore", "MassTransit", "Notifications/"];

    /// <summary>Whoever references it gets them, too, and what those need: the abstractions of a host, and no host.</summary>
    [Fact]
    public void The_client_brings_the_HTTP_client_factory_and_the_binding_of_options_alone()
    {
        var brought = Read(Path.Combine(Repository.Root, "clients/Waybill.Client/packages.lock.json"))["dependencies"]!.AsObject()
            .SelectMany(framework => framework.Value!.AsObject())
            .ToLookup(dependency => (string?)dependency.Value!["type"], dependency => dependency.Key);

        Assert.Equal(["Microsoft.Extensions.Http", "Microsoft.Extensions.Options.ConfigurationExtensions"], brought["Direct"].Except(["Microsoft.NET.ILLink.Tasks"]));
        Assert.Equal(["Waybill.Contracts"], brought["Project"]);
        Assert.All(brought["Transitive"], name => Assert.StartsWith("Microsoft.Extensions.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_client_references_no_assembly_but_its_own_those_of_the_runtime_and_of_its_packages()
    {
        var referenced = Referenced(typeof(WaybillClient).Assembly).Select(assembly => assembly.GetName().Name!).ToList();

        Assert.Contains("Waybill.Contracts", referenced);
        Assert.All(
            referenced.Except(["Waybill.Contracts"]),
            name => Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name));
    }

    [Fact]
    public void The_command_line_is_published_without_what_services_need()
    {
        var needed = Read(Path.Combine(AppContext.BaseDirectory, "waybill.deps.json"))["libraries"]!.AsObject().Select(library => library.Key).ToList();

        Assert.Contains(needed, name => name.StartsWith("Waybill.Client/", StringComparison.Ordinal));
        Assert.DoesNotContain(needed, name => Heavy.Any(heavy => name.StartsWith(heavy, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_command_line_runs_where_only_the_runtime_is()
    {
        var framework = Read(Path.Combine(AppContext.BaseDirectory, "waybill.runtimeconfig.json"))["runtimeOptions"]!["framework"]!;

        Assert.Equal("Microsoft.NETCore.App", (string?)framework["name"]);
    }

    /// <summary>By it and by those, down to the runtime's.</summary>
    private static HashSet<Assembly> Referenced(Assembly assembly)
    {
        var found = new HashSet<Assembly>();
        var open = new Stack<Assembly>([assembly]);

        while (open.TryPop(out var next))
        {
            foreach (var reference in next.GetReferencedAssemblies().Select(Assembly.Load).Where(found.Add))
            {
                if (!reference.GetName().Name!.StartsWith("System.", StringComparison.Ordinal))
                {
                    open.Push(reference);
                }
            }
        }

        return found;
    }

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
