namespace Waybill.EndToEnd.Tests.Application;

/// <summary>For a class that counts all that has failed: it runs before the other classes of its collection, which fail things, too.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FirstAttribute : Attribute;
