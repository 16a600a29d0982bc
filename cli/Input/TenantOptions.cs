using System.CommandLine;

namespace Waybill.Cli.Input;

/// <summary>Whose endpoints.</summary>
internal sealed class TenantOptions
{
    private readonly Option<string> _tenant = Tenant();
    private readonly Option<string?> _owner = new("--owner") { Description = "A tenant of this owner (operators; others have their own only)." };

    public static Option<string> Tenant() => new("--tenant", "-t") { Description = "Your own id for your customer.", Required = true };

    public void AddTo(Command command)
    {
        command.Options.Add(_tenant);
        command.Options.Add(_owner);
    }

    public (string Tenant, string? Owner) Of(ParseResult parsed) => (parsed.GetValue(_tenant)!, parsed.GetValue(_owner));
}
