"""What the shop sold: reading orders, summing them up."""
