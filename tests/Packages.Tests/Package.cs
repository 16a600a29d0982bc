namespace Waybill.Packages.Tests;

/// <summary>What a package is to be. A new one is a new line of <see cref="All"/>, and of clients/Packages.slnf.</summary>
/// <param name="Project">From the repository's root.</param>
public sealed record Package(string Id, string Project)
{
    /// <summary>The packages that it brings, without their versions.</summary>
    public IReadOnlyList<string> Brings { get; init; } = [];

    /// <summary>Its C# of the README, by order.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>Installed as a command, and not referenced.</summary>
    public bool IsTool { get; init; }

    public static IReadOnlyList<Package> All { get; } =
    [
        new Package("Waybill.Contracts", "src/Contracts/Contracts.csproj")
        {
            Examples = [new Example { Prints = "^webhook-signature: v1,[A-Za-z0-9+/]{43}=$" }],
        },
        new Package("Waybill.Client", "clients/Waybill.Client/Waybill.Client.csproj")
        {
            Brings = ["Waybill.Contracts", "Microsoft.Extensions.Http", "Microsoft.Extensions.Options.ConfigurationExtensions"],
            Examples =
            [
                new Example { With = ["Microsoft.Extensions.Hosting"], IsNative = true, Prints = "^ntf_\\w+ is stored and will be delivered.\nevt_\\w+ goes to 0 endpoints.$" },
                new Example { Prints = "^ntf_\\w+ ended SUCCESS.\nurl must be an absolute http or https URL.*$" },
            ],
        },
        new Package("Waybill.Client.EntityFrameworkCore", "clients/Waybill.Client.EntityFrameworkCore/Waybill.Client.EntityFrameworkCore.csproj")
        {
            // The HTTP one is the client's: NuGet names it here, too, as its version is pinned for all.
            Brings = ["Waybill.Client", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Http", "Microsoft.Extensions.Options.ConfigurationExtensions"],
            Examples = [new Example { With = ["Microsoft.Extensions.Hosting", "Microsoft.EntityFrameworkCore.Sqlite"], Prints = "^Order 1 is saved, and waits in the outbox.\nThe outbox is empty: Waybill has all of it.$" }],
        },
        new Package("Waybill.Receiving", "clients/Waybill.Receiving/Waybill.Receiving.csproj")
        {
            Brings = ["Waybill.Contracts"],
            Examples = [new Example { Serves = "/hook", Prints = "^evt_\\w+ says order\\.paid: order 4711$" }],
        },
        new Package("Waybill.Receiving.EntityFrameworkCore", "clients/Waybill.Receiving.EntityFrameworkCore/Waybill.Receiving.EntityFrameworkCore.csproj")
        {
            Brings = ["Waybill.Receiving", "Microsoft.EntityFrameworkCore.Relational"],
            Examples = [new Example { Serves = "/hook", With = ["Microsoft.EntityFrameworkCore.Sqlite"], Prints = "^Order 4711 is paid, as evt_\\w+ says\\.$" }],
        },
        new Package("Waybill.Hosting.Aspire", "clients/Waybill.Hosting.Aspire/Waybill.Hosting.Aspire.csproj")
        {
            Brings = ["Aspire.Hosting"],
            Examples = [new Example { IsAppHost = true, Prints = "Login to the dashboard at http://localhost:" }],
        },
        new Package("Waybill.Cli", "cli/Cli.csproj") { IsTool = true },
    ];

    /// <summary>By its name, as tests are called.</summary>
    public static Package Of(string id) => All.Single(package => package.Id == id);

    public override string ToString() => Id;
}

/// <summary>One block of C# in a README: a program of its own, which runs against all of Waybill and ends by itself, or serves what Waybill delivers.</summary>
public sealed record Example
{
    /// <summary>Packages that it needs besides the one it is about, in the version that the repository has of its kind.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Compiled ahead of time, where the machine has a linker.</summary>
    public bool IsNative { get; init; }

    /// <summary>The program of an AppHost of Aspire's, which runs until it is ended.</summary>
    public bool IsAppHost { get; init; }

    /// <summary>The path of the webhook that it serves until it is ended; null of one that ends by itself.</summary>
    public string? Serves { get; init; }

    /// <summary>What its lines are like; of one that serves, a line.</summary>
    public required string Prints { get; init; }
}
