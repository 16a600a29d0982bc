using System.Reflection;
using System.Text.Json.Nodes;
using Waybill.TestSupport;

namespace Waybill.Client.Tests;

/// <summary>Rules out that the typed client, or the command line that is built on it, drags ASP.NET Core or the AWS SDK along.</summary>
public sealed class DependencyTests
{
    private static readonly string[] Heavy = ["AWSSDK", "Amazon", "Microsoft.AspNetCore", "Microsoft.Extensions"];

    /// <summary>Whoever references it would get them, too.</summary>
    [Fact]
    public void The_client_brings_no_package()
    {
        var brought = Read(Path.Combine(Repository.Root, "clients/Waybill.Client/packages.lock.json"))["dependencies"]!.AsObject()
            .SelectMany(framework => framework.Value!.AsObject())
            .Select(dependency => dependency.Key);

        Assert.Equal(["Waybill.Contracts"], brought);
    }

    [Fact]
    public void The_client_references_no_assembly_but_its_own_and_those_of_the_runtime()
    {
        var referenced = Referenced(typeof(WaybillClient).Assembly).Select(assembly => assembly.GetName().Name!).ToList();

        Assert.Contains("Waybill.Contracts", referenced);
        Assert.All(referenced.Except(["Waybill.Contracts"]), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
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
