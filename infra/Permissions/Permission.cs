using Amazon.CDK.AWS.IAM;

namespace Waybill.Infra.Permissions;

/// <summary>One statement that allows something, written by hand: no grant of a library decides who may do what.</summary>
/// <param name="Sid">Letters and digits; says what it is for.</param>
/// <param name="Actions">In full, never with a wildcard.</param>
/// <param name="Resources">ARNs.</param>
internal sealed record Permission(string Sid, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)
{
    /// <summary>For keys: the service in whose calls alone the key may be used, such as <c>sqs.us-east-1.amazonaws.com</c>.</summary>
    public string? ViaService { get; init; }

    /// <summary>Why the resource is <c>*</c>; it ends up in the template beside the policy.</summary>
    public string? AnyResourceBecause { get; init; }

    public static Permission OnAnything(string sid, string because, params string[] actions) =>
        new(sid, actions, ["*"]) { AnyResourceBecause = because };

    public PolicyStatement ToStatement() => new(new PolicyStatementProps
    {
        Sid = Sid,
        Actions = [.. Actions],
        Resources = [.. Resources],
        Conditions = ViaService is null ? null : Condition.Equal("kms:ViaService", ViaService),
    });
}
