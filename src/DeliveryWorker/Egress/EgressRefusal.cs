using System.Net;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>Why the guard lets a call not go out.</summary>
public abstract record EgressRefusal(string Message)
{
    /// <summary>The address is special, or every address of the name is.</summary>
    public sealed record Address(IPAddress Value, string Purpose) : EgressRefusal($"{Value} is not a public address ({Purpose}).");

    public sealed record Port(int Number) : EgressRefusal($"Port {Number} is not open for deliveries.");

    public sealed record Plaintext() : EgressRefusal("Only https URLs are delivered to.");
}
