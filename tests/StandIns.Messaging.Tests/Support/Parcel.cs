namespace Waybill.StandIns.Messaging.Tests.Support;

public sealed record Parcel(int Number);

/// <summary>A message type that no worker handles.</summary>
public sealed record Stranger(string Text);
